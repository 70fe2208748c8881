import type { TrainingDesign } from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';
import { readCall } from './call-values.ts';
import type { Context } from './context.ts';
import { evaluateParameter } from './parameters.ts';
import { readProperties } from './properties.ts';

export function elaborateTraining(train: ast.Train, context: Context): TrainingDesign {
  const properties = readProperties('training', train, train.body?.properties ?? [], context);
  const epochs = evaluateParameter(train.epochs, epochsType, context.report);
  const loss = properties.word('loss');
  const clip = properties.number('clip');
  const patience = properties.number('patience');
  const hardware = train.hardware?.ref;
  return {
    optimizer: elaborateOptimizer(train, context),
    epochs: epochs?.kind === 'number' ? epochs.value : 0,
    batch: properties.number('batch') ?? 1,
    loss: loss === 'mae' || loss === 'crossEntropy' ? loss : 'mse',
    ...(clip === undefined ? {} : { clip }),
    ...(patience === undefined ? {} : { patience }),
    validation: properties.number('validation') ?? 0,
    shuffle: properties.word('shuffle') !== 'false',
    ...(hardware ? { on: context.use(hardware) } : {}),
  };
}

const epochsType = {
  name: 'epochs',
  kind: 'integer',
  dimension: { epoch: 1 },
  low: 0,
  high: 1e7,
  words: [],
  random: false,
} as const;

function elaborateOptimizer(train: ast.Train, context: Context): TrainingDesign['optimizer'] {
  const call = readCall(train.optimizer, 'optimizer', 'an optimizer such as adam(rate = 1e-3)', context);
  const number = call?.number ?? (() => 0);
  const rate = number('rate');
  if (call?.name === 'sgd') return { kind: 'sgd', rate, momentum: number('momentum') };
  if (call?.name === 'rmsprop')
    return { kind: 'rmsprop', rate, decay: number('decay'), epsilon: number('epsilon') };
  return { kind: 'adam', rate, beta1: number('beta1'), beta2: number('beta2'), epsilon: number('epsilon') };
}
