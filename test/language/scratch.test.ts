import { readFileSync, readdirSync } from 'node:fs';
import { it } from 'vitest';
import { check } from './check.ts';
it('x', async () => {
  for (const name of readdirSync('/tmp/types-hold/t').filter((n) => n.endsWith('.loom'))) {
    const { actual, diagnostics } = await check({ 'main.loom': readFileSync(`/tmp/types-hold/t/${name}`, 'utf8') }, ['d.csv']);
    console.log(`===== ${name}\n${actual}`);
    if (process.env.REL) for (const d of diagnostics) for (const r of d.related) console.log(`   rel ${d.code} ${r.range.start.line + 1}: ${r.message}`);
  }
});
