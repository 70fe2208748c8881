import { URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { clientFiles } from '../../server/client-files.ts';

describe('Files that a client reads', () => {
  it('are read again where they change while they are on their way', async () => {
    const uri = URI.parse('memory:/data.csv');
    const answers: ((bytes: Uint8Array) => void)[] = [];
    const sendRequest = () => new Promise<Uint8Array>((resolve) => answers.push(resolve));
    const files = clientFiles({ sendRequest } as unknown as Parameters<typeof clientFiles>[0]);
    const arrived = new Promise((resolve) => files.onArrival(resolve));
    expect(files.readData(uri)).toBeUndefined();
    files.forget(uri);
    answers[0](Uint8Array.of(1));
    await expect.poll(() => answers.length).toBe(2);
    answers[1](Uint8Array.of(2));
    await arrived;
    expect(files.readData(uri)).toEqual(Uint8Array.of(2));
    expect(answers.length).toBe(2);
  });
});
