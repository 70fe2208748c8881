import * as ast from '../generated/ast.ts';
import { chain } from '../references/members.ts';
import type { Context } from './context.ts';

/** Whether what a sweep changes is part of the experiment that it stands in. */
export function checkSweepOwner(experiment: ast.Experiment, sweep: ast.Sweep, { report }: Context): void {
  const owner = sweep.owner?.ref;
  if (!owner || owner === experiment) return;
  const used = partsOf(experiment);
  // Without a network the analyses have parts of their own.
  if (!experiment.statements.some(ast.isNetworkUse) || used.has(owner)) return;
  const names = [...used].map(({ name }) => name).join(', ');
  const details = {
    owner: owner.name,
    experiment: experiment.name,
    used: names || 'nothing that can be swept',
  };
  report('sweep.unrelated', { node: sweep, property: 'owner' }, details, [
    { place: { node: owner, property: 'name' }, message: `${owner.name} is declared here.` },
  ]);
}

export function checkSweepValues({ values }: ast.Sweep, { report }: Context): void {
  const seen = new Map<string, ast.Expression>();
  for (const value of values) {
    const text = (value.$cstNode?.text ?? '').replace(/\s+/g, ' ');
    const first = seen.get(text);
    if (first)
      report('sweep.repeated', { node: value }, { value: text }, [
        { place: { node: first }, message: `${text} stands here first.` },
      ]);
    else seen.set(text, value);
  }
}

/** Everything with parameters that an experiment is made of. */
function partsOf(experiment: ast.Experiment): ReadonlySet<ast.ParameterOwner> {
  const used = new Set<ast.ParameterOwner>();
  const network = experiment.statements.find(ast.isNetworkUse)?.network?.ref;
  const named = experiment.statements.flatMap((statement) =>
    ast.isInfer(statement)
      ? statement.hardware
      : ast.isTrain(statement) && statement.hardware
        ? [statement.hardware]
        : [],
  );
  const hardware = named.length > 0 ? named : (network?.hardware ?? []);
  for (const { ref } of hardware) if (ref) addHardware(ref, used);
  for (const statement of experiment.statements)
    if (ast.isDataUse(statement) && statement.dataset?.ref) used.add(statement.dataset.ref);
  return used;
}

function addHardware(hardware: ast.Hardware, used: Set<ast.ParameterOwner>): void {
  for (const link of chain(hardware, (current) => current.base?.ref)) {
    used.add(link);
    for (const { target } of link.bindings) {
      if (!target?.ref) continue;
      used.add(target.ref);
      if (ast.isCrossbar(target.ref)) addCrossbar(target.ref, used);
    }
  }
}

function addCrossbar(crossbar: ast.Crossbar, used: Set<ast.ParameterOwner>): void {
  for (const link of chain(crossbar, (current) => current.base?.ref)) {
    used.add(link);
    for (const value of link.body?.properties.flatMap((property) => property.values) ?? []) {
      const device = ast.isName(value) ? value.symbol?.ref : undefined;
      if (!ast.isDevice(device)) continue;
      for (const base of chain<ast.Device | ast.ModelDeclaration>(device, (current) =>
        ast.isDerivedDevice(current) ? current.base?.ref : undefined,
      ))
        if (ast.isDevice(base)) used.add(base);
    }
  }
}
