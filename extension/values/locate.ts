import type { CellDesign, Design, LayerDesign, Origin } from '@memloom/sim-core';

/** A signal of a layer, as names of traces have it: `RUN.LAYER.SIGNAL[UNIT]`, or without the run. */
export interface SignalName {
  readonly run: string;
  readonly layer: string;
  readonly signal: string;
}

/** Takes the name of a trace apart by the layers that the experiment's network has. */
export function signalName(design: Design, experiment: string, trace: string): SignalName | undefined {
  const path = trace.replace(/\[\d+\].*$/, '').split('.');
  const layers = new Set(layersOf(design, experiment).map(({ name }) => name));
  const at = path.findIndex((part) => layers.has(part));
  if (at < 0) return undefined;
  return { run: path.slice(0, at).join('.'), layer: path[at], signal: path.slice(at + 1).join('.') };
}

/** Where a signal is written: its equation in the cell, and the layer of the network that is an instance of the cell. */
export function originsOf(
  design: Design,
  experiment: string,
  { layer: name, signal }: SignalName,
): { readonly equation?: Origin; readonly instance?: Origin } {
  const layer = layersOf(design, experiment).find((one) => one.name === name);
  if (layer === undefined) return {};
  const equations = cellOf(design, layer)?.equations ?? [];
  // A gate's second product is called GATE.2; both are in the equation of the gate.
  const [gate] = signal.split('.');
  return { equation: equations.find((one) => one.name === gate)?.origin, instance: layer.origin };
}

/** The signals whose text is at a position: an equation in every layer of its cell, or all signals of a layer. */
export function signalsAt(
  design: Design,
  experiment: string,
  file: string,
  position: { readonly line: number; readonly character: number },
): readonly { readonly layer: string; readonly signal?: string }[] {
  const isAt = (origin: Origin | undefined) =>
    origin?.file === file && isBefore(origin.start, position) && isBefore(position, origin.end);
  return layersOf(design, experiment).flatMap((layer): { layer: string; signal?: string }[] => {
    const equations = (cellOf(design, layer)?.equations ?? []).filter(({ origin }) => isAt(origin));
    if (equations.length > 0) return equations.map(({ name }) => ({ layer: layer.name, signal: name }));
    return isAt(layer.origin) ? [{ layer: layer.name }] : [];
  });
}

const isBefore = (a: Origin['start'], b: Origin['start']) =>
  a.line < b.line || (a.line === b.line && a.character <= b.character);

function layersOf(design: Design, experiment: string): readonly LayerDesign[] {
  const network = design.experiments.find(({ name }) => name === experiment)?.network;
  return design.networks.find(({ name }) => name === network)?.layers ?? [];
}

const cellOf = ({ cells }: Design, layer: LayerDesign): CellDesign | undefined =>
  layer.kind === 'cell' ? cells.find(({ name }) => name === layer.cell) : undefined;

/** A value of a signal at the cursor. */
export interface SignalValue {
  readonly trace: string;
  readonly unit: string;
  readonly value: number;
}

/** What stands behind a line: of each run the first unit's value, and from which to which the others are. */
export function inlineText(
  values: readonly SignalValue[],
  format: (value: number, unit: string) => string,
): string {
  const runs = new Map<string, SignalValue[]>();
  for (const value of values) {
    const run = value.trace.replace(/\[\d+\].*$/, '');
    runs.set(run, [...(runs.get(run) ?? []), value]);
  }
  return [...runs]
    .map(([run, own]) => {
      const numbers = own.map(({ value }) => value).filter((value) => !Number.isNaN(value));
      if (numbers.length === 0) return '';
      const [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((value) =>
        format(value, own[0].unit),
      );
      const name = run.split('.')[0];
      return `${name} ${low === high ? low : `${low} … ${high}`}`;
    })
    .filter((text) => text !== '')
    .join(' · ');
}
