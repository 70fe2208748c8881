import { basename } from 'node:path';
import { type BlockDesign, failure, type Outcome, success, suggestion } from '@memloom/sim-core';
import { loadBlocks } from '../project.ts';
import { quantity, significant } from '../result/number.ts';
import { openEngine } from '../spice/engine.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { refuse } from '../terminal/problems.ts';
import { textTable } from '../terminal/text-table.ts';
import { type CharacterizedBlock, characterize } from './characterize.ts';
import type { CharacterizeOptions } from './options.ts';
import { readSubcircuit, type Subcircuit } from './subcircuit.ts';
import { signalInputs, type TestBench } from './test-bench.ts';

/** A bench whose output sees next to nothing: the next stage's gate. */
const load = { resistance: 1e7, capacitance: 100e-15 };

export async function characterizeBlock(options: CharacterizeOptions): Promise<number> {
  const bench = await benchOf(options);
  if (!bench.ok) return refuse(bench.problems);
  const engine = await openEngine(options.ngspice);
  if (!engine.ok) return refuse(engine.problems);
  const say = (what: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${options.subcircuit}: ${what} …`);
  };
  const measured = await characterize(engine.value, bench.value, options.draws, say);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  if (!measured.ok) return refuse(measured.problems);
  const text = options.json
    ? JSON.stringify(measured.value)
    : summary(measured.value, bench.value.block, options);
  process.stdout.write(`${text}\n`);
  return exitCode.success;
}

async function benchOf(options: CharacterizeOptions): Promise<Outcome<TestBench>> {
  const subcircuit = readSubcircuit(options.file, options.subcircuit);
  if (!subcircuit.ok) return subcircuit;
  const blocks = await loadBlocks(options.from);
  if (!blocks.ok) return blocks;
  const block = blocks.value.find(({ name }) => name === options.block);
  const names = blocks.value.map(({ name }) => name);
  if (!block)
    return failure({
      code: 'spice.block',
      message: `There is no block "${options.block}".`,
      hint: suggestion(options.block, names, '') ?? `There are ${names.join(', ')}.`,
    });
  const { low, high, supplied, supply, corner } = options;
  const bench: TestBench = { block, subcircuit: subcircuit.value, supply, low, high, supplied, corner, load };
  const missing = missingPins(bench, subcircuit.value, block);
  return missing.length === 0
    ? success(bench)
    : failure({
        code: 'spice.pins',
        message: `${subcircuit.value.name} has no pin ${missing.join(', ')}.`,
        hint: 'Pins are named like the ports of the block, and vdd and vss; give ports that are no pins with --supplied.',
      });
}

function missingPins(bench: TestBench, { pins }: Subcircuit, { output }: BlockDesign): readonly string[] {
  const needed = [...signalInputs(bench).map(({ name }) => name), output.name, 'vdd', 'vss'];
  return needed.filter((name) => !pins.includes(name.toLowerCase()));
}

/** The figures, and the arguments with which the block behaves like the circuit. */
function summary(measured: CharacterizedBlock, block: BlockDesign, { file }: CharacterizeOptions): string {
  const { source, parameters, rails } = measured;
  const unit = (name: string) => block.parameters.find((parameter) => parameter.name === name)?.unit ?? '1';
  const value = (name: string, number: number) =>
    unit(name) === '1' ? significant(number) : quantity(number, unit(name));
  const { trials, seed } = source.mismatch;
  return [
    `${measured.subcircuit} of ${basename(file)} as ${measured.block}`,
    `${source.engine}, ${source.process}, ${source.corner} corner, ±${source.supply} V; mismatch: ${trials} draws from seed ${seed}`,
    '',
    ...textTable([
      ...Object.entries(parameters).map(([name, fitted]) => [
        name,
        value(name, fitted.value),
        `σ ${value(name, fitted.sigma)}`,
      ]),
      ['rails', `${quantity(rails.low, 'V')} .. ${quantity(rails.high, 'V')}`],
      ['largest deviation from the fit', quantity(measured.deviation, block.output.unit)],
      ['pole', quantity(measured.pole, 'Hz')],
      ['settling to 1 %', quantity(measured.settling, 's')],
      ['slewRate', quantity(measured.slewRate, 'V/s')],
      ...(measured.injectedCharge === undefined
        ? []
        : [['injectedCharge', quantity(measured.injectedCharge, 'C')]]),
      ['power', quantity(measured.power, 'W')],
      ['drawn area', `${significant(measured.area * 1e12)} µm²`],
    ]),
    '',
    `${measured.block}(${loomArguments(measured, block).join(', ')})`,
  ].join('\n');
}

/** Arguments in the language, for those parameters that the block has. */
export function loomArguments(measured: CharacterizedBlock, block: BlockDesign): readonly string[] {
  const has = (name: string) => block.parameters.find((parameter) => parameter.name === name);
  const text = (number: number, unit: string) =>
    unit === '1' ? significant(number) : `${significant(number)} ${unit}`;
  const fitted = Object.entries(measured.parameters).flatMap(([name, { value, sigma }]) => {
    const parameter = has(name);
    if (!parameter) return [];
    const { unit } = parameter;
    return parameter.default.kind === 'distribution'
      ? [`${name} = gaussian(${text(value, unit)}, ${text(sigma, unit)})`]
      : [`${name} = ${text(value, unit)}`];
  });
  const others = (['pole', 'slewRate', 'injectedCharge'] as const).flatMap((name) => {
    const value = measured[name];
    const parameter = has(name);
    return parameter && value !== undefined && Number.isFinite(value)
      ? [`${name} = ${text(value, parameter.unit)}`]
      : [];
  });
  const rails = has('rails')
    ? [`rails = ${text(measured.rails.low, 'V')} .. ${text(measured.rails.high, 'V')}`]
    : [];
  return [...fitted, ...rails, ...others];
}
