import { type Code, catalogue, isCode } from './catalogue.ts';

const articles: Readonly<Record<string, string>> = {
  error: 'An error: the text has no meaning until it is mended.',
  warning: 'A warning: the text has a meaning, but hardly the one that was meant.',
  information: 'Information: nothing is wrong, but something has no effect.',
};

/** The page about a code in Markdown: severity, cause and how to mend it, with `more` behind. */
export function diagnosticPage(code: Code, more = ''): string {
  const { severity, cause, mend } = catalogue[code];
  return `# ${code}\n\n${articles[severity]}\n\n${cause}\n\n**Mend:** ${mend}\n${more}`;
}

/** Folder of the pages where the host has no files: a server answers for what is in it. */
export const virtualPages = 'memloom:/diagnostics';

/** The page of a URI in that folder; undefined for any other. */
export function virtualPage(uri: string): string | undefined {
  const code = new RegExp(`^${virtualPages}/(.+)\\.md$`).exec(uri)?.[1];
  return isCode(code) ? diagnosticPage(code) : undefined;
}
