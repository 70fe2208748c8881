import { utf8ToBytes } from '@noble/hashes/utils.js';
import { matchTensors } from '../weights/match.ts';
import { requiredFiles } from './files.ts';
import type { Learned } from './learn.ts';
import type { RunPlan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import { canonicalJson, designHash, hashOf, withoutOrigins } from './provenance.ts';
import type { RunRequest } from './request.ts';
import { tensorForms } from './weights.ts';

/**
 * SHA-256 of all that the weights follow from: the version, the seed, the training, the network, the data, the weights
 * that it starts from, and the whole design where hardware is in the loop. Undefined where nothing is trained.
 */
export function trainingKey(request: RunRequest, plan: RunPlan, { network }: Prepared): string | undefined {
  const { design, files, version } = request;
  const { experiment, dataset, seed } = plan;
  const { train, weights } = experiment;
  if (train === undefined) return undefined;
  const needed = requiredFiles(design, { ...experiment, analyses: [] });
  const basis = {
    ...{ version, seed, train, weights, dataset, network },
    files: needed.map(({ name }) => [name, hashOf(files[name] ?? new Uint8Array())]),
    hardware: train.on === undefined ? undefined : designHash({ ...design, experiments: [] }),
  };
  return hashOf(utf8ToBytes(canonicalJson(withoutOrigins(basis))));
}

/** What an earlier run has learned, where this one would learn the same: the same request gives the same bits. */
export function recall(
  { learned }: RunRequest,
  { network }: Prepared,
  key: string | undefined,
): Learned | undefined {
  if (learned === undefined || key === undefined || learned.training.key !== key) return undefined;
  const forms = tensorForms(network);
  const matched = matchTensors(learned.weights, forms, 'the earlier run');
  if (!matched.ok) return undefined;
  const weights = new Map(forms.map(({ name }, at) => [name, matched.value[at]]));
  return { weights, training: learned.training, warnings: [] };
}
