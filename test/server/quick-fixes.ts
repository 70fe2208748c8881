import type { QuickFix } from '../../server/fixes/fix.ts';

/** The page of docs/ about quick fixes: each with the text before and after. */
export function quickFixPage(fixes: readonly QuickFix[]): string {
  const sections = fixes.map(({ code, does, preferred, forAll, before, after }) => {
    const marks = [...(preferred ? ['preferred'] : []), ...(forAll ? ['safe for a whole file'] : [])];
    const remark = marks.length > 0 ? ` *(${marks.join(', ')})*` : '';
    return `### \`${code}\`: ${does.replace(/\.$/, '')}\n\n${does}${remark}\n\n\`\`\`text\n${before}\`\`\`\n\nbecomes\n\n\`\`\`text\n${after}\`\`\`\n`;
  });
  return `${head(fixes.length)}\n${sections.join('\n')}`;
}

const head = (count: number) => `# Quick fixes

The ${count} ways in which the editor mends what the checker finds. Each example is the fix's test: the first finding of
the code in the first text, mended, gives the second. This page is generated from the fixes
(\`UPDATE_DOCS=1 npx vitest run test/server/quick-fixes.test.ts\`). A *preferred* fix is the one that an editor applies
on a single key; those *safe for a whole file* are applied all at once by *Fix All*.
`;
