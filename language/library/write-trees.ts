// What language/generate.mjs runs to parse the standard library once and for all.
import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
} from 'langium';
import { LoomGeneratedModule, LoomGeneratedSharedModule } from '../generated/module.ts';
import { parserModule } from '../parser/module.ts';
import { treeOf } from './tree.ts';

/** The syntax trees of texts by name, each as JSON. */
export function writeTrees(texts: Readonly<Record<string, string>>): Record<string, string> {
  const shared: LangiumSharedCoreServices = inject(
    createDefaultSharedCoreModule(EmptyFileSystem),
    LoomGeneratedSharedModule,
  );
  const { parser }: LangiumCoreServices = inject(
    createDefaultCoreModule({ shared }),
    LoomGeneratedModule,
    parserModule,
  );
  const entries = Object.entries(texts).map(([name, text]) => {
    const { value, lexerErrors, parserErrors } = parser.LangiumParser.parse(text);
    const [error] = [...lexerErrors, ...parserErrors];
    if (error) throw new Error(`${name} cannot be parsed: ${error.message}`);
    return [name, JSON.stringify(treeOf(value))];
  });
  return Object.fromEntries(entries);
}
