import type { AstNode } from 'langium';
import type { Related } from '../diagnostics/report.ts';

type Named = AstNode & { readonly name?: string };

/** The other declarations of a chain that closes on itself: where each says what it extends. */
export const linksOfCycle = (links: readonly (Named & { readonly base?: unknown })[]): readonly Related[] =>
  links
    .slice(1)
    .filter((link, index, all) => link !== links[0] && all.indexOf(link) === index)
    .map((link) => ({ place: { node: link, property: 'base' }, message: `"${link.name}" extends here.` }));

/** The other equations of a loop, each with what it needs; `cycle` ends with its first. */
export const needsOfLoop = (cycle: readonly Named[], at: Named | undefined): readonly Related[] =>
  cycle.slice(0, -1).flatMap((link, index) =>
    link === at
      ? []
      : [
          {
            place: { node: link, property: 'name' },
            message: `"${link.name}" needs "${cycle[index + 1].name}".`,
          },
        ],
  );
