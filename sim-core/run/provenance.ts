import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Design, Origin } from '../design/design.ts';
import type { Provenance } from './result.ts';

/** What a result is of: the version and the seed, and SHA-256 of the design and of each file that went in. */
export function provenanceOf(
  version: string,
  seed: number,
  design: Design,
  files: Readonly<Record<string, Uint8Array>>,
): Provenance {
  const data = Object.entries(files).map(([name, bytes]) => [name, hashOf(bytes)] as const);
  return {
    version,
    seed,
    design: designHash(design),
    data: Object.fromEntries(data),
  };
}

/** SHA-256 of what a design says, wherever its texts lie: by it a host knows whether a kept result is of this design. */
export const designHash = (design: Design): string =>
  hashOf(utf8ToBytes(canonicalJson(withoutOrigins(design))));

export const hashOf = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/** JSON with the keys of each object in order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** The same design wherever its text lies: origins hold the user's paths and say nothing of what is computed. */
export function withoutOrigins(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrigins);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, member]) => key !== 'origin' || !isOrigin(member));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutOrigins(member)]));
}

const isOrigin = (value: unknown): value is Origin =>
  typeof value === 'object' && value !== null && 'file' in value;
