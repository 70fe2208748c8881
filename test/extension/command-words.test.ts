import { expect, it } from 'vitest';
import { commandWords } from '../../extension/node/command-words.ts';

it.each<[string, readonly [string, boolean][]]>([
  ['memloom', [['memloom', false]]],
  [
    ' npx  memloom ',
    [
      ['npx', false],
      ['memloom', false],
    ],
  ],
  [
    '"C:\\My Tools\\node.exe" \'my cli.js\' --quiet',
    [
      ['C:\\My Tools\\node.exe', true],
      ['my cli.js', true],
      ['--quiet', false],
    ],
  ],
])('A task starts its tool word by word: %s', (line, words) => {
  expect(commandWords(line).map(({ text, quoted }) => [text, quoted])).toEqual(words);
});
