import { describe, expect, it } from 'vitest';
import { deviceModels } from '../../../sim-core/devices/catalogue.ts';
import { resolveValues } from '../../../sim-core/devices/define.ts';
import { equationDevice } from '../../../sim-core/devices/equation-device.ts';
import { deviceLaw, modelLaw } from '../../../sim-core/devices/laws/device-law.ts';
import type { DeviceModel } from '../../../sim-core/devices/model.ts';
import { verilogA } from '../../../sim-core/spice/verilog-a.ts';
import { designOf } from '../../language/program.ts';
import { unwrap } from '../circuit/circuits.ts';
import { type Evaluate, expectSameLaw, variants } from '../devices/law-points.ts';

/** The functions of Verilog-A that modules may use, as its standard defines them. */
const functions = {
  min: Math.min,
  max: Math.max,
  exp: Math.exp,
  ln: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  pow: Math.pow,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asin: Math.asin,
  floor: Math.floor,
};

/** The standard's type of a compiled function says nothing of its arguments. */
const compile = (...texts: readonly string[]) =>
  new Function(...texts) as (...values: readonly unknown[]) => unknown;

interface Module {
  readonly nodes: readonly string[];
  readonly states: readonly string[];
  /** What is contributed between two nodes, and the arguments of each `idt`, at given potentials. */
  contributions(potentials: Readonly<Record<string, number>>): ReadonlyMap<string, readonly number[]>;
}

/**
 * A reader of the part of Verilog-A that the modules are written in, strict about it: every line is one declaration,
 * assignment or contribution; every name is declared before it is used; numbers are real literals.
 */
function readModule(text: string): Module {
  const lines = text.split('\n').map((line) => line.replace(/\s*\/\/.*$/, '').trim());
  const nodes: string[] = [];
  const parameters = new Map<string, number>();
  const variables: string[] = [];
  const statements: { readonly target: string; readonly terms: readonly string[] }[] = [];
  for (const line of lines) {
    const match =
      /^(electrical|real) ([\w, ]+);$/.exec(line) ??
      /^(parameter real) (\w+ = \(?-?\d+\.\d+(?:e[+-]?\d+)?\)?);$/.exec(line);
    if (match?.[1] === 'electrical') nodes.push(...match[2].split(', '));
    else if (match?.[1] === 'real') variables.push(...match[2].split(', '));
    else if (match)
      parameters.set(match[2].split(' = ')[0], Number(match[2].split(' = ')[1].replace(/[()]/g, '')));
    else {
      const integral = /^(V\(\w+\)) <\+ idt\((.*), (\(.*\))\);$/.exec(line);
      const plain = /^(\w+) = (.*);$/.exec(line) ?? /^([VI]\(\w+(?:, \w+)?\)) <\+ (.*);$/.exec(line);
      if (integral) statements.push({ target: integral[1], terms: [integral[2], integral[3]] });
      else if (plain) statements.push({ target: plain[1], terms: [plain[2]] });
      else
        expect(line).toMatch(
          /^$|^`include|^module \w+\(p, n\);$|^inout p, n;$|^analog begin$|^end$|^endmodule$/,
        );
    }
  }
  const declared = [...parameters.keys(), ...variables];
  expect(new Set([...declared, ...nodes]).size).toBe(declared.length + nodes.length);
  const names = [...Object.keys(functions), ...parameters.keys(), 'V'];
  const compiled = statements.map(({ target, terms }) => ({
    target,
    values: terms.map((term) => compile(...names, ...variables, `"use strict"; return ${term};`)),
  }));
  return {
    nodes,
    states: nodes.filter((node) => node.startsWith('state_')),
    contributions(potentials) {
      const potential = (a: number, b = 0) => a - b;
      const known = new Map<string, number>();
      const out = new Map<string, readonly number[]>();
      for (const { target, values } of compiled) {
        const given = [...Object.values(functions), ...parameters.values(), potential];
        // A name that has no value yet makes everything that uses it NaN.
        const locals = variables.map((name) => known.get(name) ?? Number.NaN);
        const results = values.map((value) => withNodes(value, given, locals, potentials));
        if (variables.includes(target)) known.set(target, results[0]);
        else out.set(target, results);
      }
      return out;
    },
  };
}

/** Nodes are names within `V(…)`: they stand as global values while an expression is evaluated. */
function withNodes(
  value: (...values: readonly unknown[]) => unknown,
  given: readonly unknown[],
  locals: readonly number[],
  potentials: Readonly<Record<string, number>>,
): number {
  Object.assign(globalThis, potentials);
  try {
    return Number(value(...given, ...locals));
  } finally {
    for (const node of Object.keys(potentials)) Reflect.deleteProperty(globalThis, node);
  }
}

/** A module at a point within the bounds, where the limit at the bounds does nothing. */
const evaluator =
  (
    text: string,
    states: readonly { readonly low: number; readonly high: number }[],
    scale: number,
  ): Evaluate =>
  (values, volts, current) => {
    const module = readModule(text);
    const potentials: Record<string, number> = { p: volts, n: 0, node_unknown: current / scale };
    for (const [k, { low, high }] of states.entries())
      potentials[module.states[k]] = (values[k] - low) / (high - low);
    const out = module.contributions(potentials);
    const unknown = out.get('V(node_unknown)')?.[0];
    return {
      current: unknown === undefined ? (out.get('I(p, n)')?.[0] ?? Number.NaN) : unknown * scale,
      rates: states.map(
        ({ low, high }, k) => (out.get(`V(${module.states[k]})`)?.[0] ?? Number.NaN) * (high - low),
      ),
    };
  };

describe('the Verilog-A module of a device', () => {
  it.each(variants)('says what the model %s computes, with %j', (name, given) => {
    const model = deviceModels.get(name) as DeviceModel;
    const values = unwrap(resolveValues(model, given));
    const device = model.device(values);
    const law = modelLaw(model, values);
    const evaluate = evaluator(verilogA('Device', law), device.states, law.unknown?.scale ?? 1);
    expectSameLaw(name, device, evaluate, JSON.stringify(given));
  });

  it('keeps clear of keywords, and of the disciplines and access functions that it includes', async () => {
    const design = await designOf(`device medium(v: V) -> i: A {
      param cell = 1 kOhm
      param F = 2
      param Pos = 0.5
      state large in 0.01 .. 1 = 0.5
      thermal = F * Pos * large
      i = v / cell * thermal
      large' = 1 /(V*s) * v
    }`);
    const text = verilogA('medium', unwrap(deviceLaw(design.devices[0])));
    expect(text).toContain('module medium_(p, n);');
    const words = text.replaceAll(/^\/\/.*$/gm, '').split(/\W+/);
    for (const word of ['cell', 'F', 'Pos', 'large', 'thermal', 'medium']) expect(words).not.toContain(word);
    for (const word of ['cell_', 'F_', 'Pos_', 'large_', 'thermal_']) expect(words).toContain(word);
  });

  it('is written for equations of one own, with names that the language reserves', async () => {
    const design = await designOf(`device Own(V: V) -> I: A {
      param module = 1 kOhm
      param begin = 3
      param real = 0 V .. 0.5 V
      state w in 0.1 .. 2 = 1
      state table in 0 .. 1 = 0.2
      exponent = (w - 1)^begin + (w - 1)^11
      I = clamp(V, real) * w / module + 1 nA * sinh(V / 0.2 V) * exponent
      w' = 1 /(V*s) * V * biolek(table, I, p = 1.5)
      table' = 1 /s * (tanh(w) - table) * step(V)
    }`);
    const [own] = design.devices;
    const device = unwrap(equationDevice(own));
    const text = verilogA('Own', unwrap(deviceLaw(own)));
    expect(text).toContain('parameter real module_ = 1000.0;');
    expectSameLaw('Own', device, evaluator(text, device.states, 1), 'own');
  });
});
