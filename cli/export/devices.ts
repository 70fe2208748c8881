import { join } from 'node:path';
import { type DeviceDesign, deviceText, failure, type Outcome, success, suggestion } from '@memloom/sim-core';
import type { OutputFile } from '../result/files.ts';
import { writeFiles } from '../result/output-folder.ts';
import { load } from '../run/tasks.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';
import type { ExportOptions } from './options.ts';

/** `memloom export spice --device` and `memloom export verilog-a`: the devices of an architecture as models. */
export async function exportDevices(options: ExportOptions): Promise<number> {
  const files = await deviceFiles(options);
  if (!files.ok) return refuse(files.problems);
  const written = await writeFiles(options.out, files.value);
  if (!written.ok) return refuse(written.problems);
  for (const { name } of files.value) process.stdout.write(`${join(options.out, name)}\n`);
  return exitCode.success;
}

async function deviceFiles(options: ExportOptions): Promise<Outcome<readonly OutputFile[]>> {
  const loaded = await load(options);
  if (!loaded.ok) return loaded;
  const chosen = choose(loaded.value.design.devices, options);
  if (!chosen.ok) return chosen;
  const files: OutputFile[] = [];
  for (const device of chosen.value) {
    const text = deviceText(device, options.format);
    if (!text.ok) return text;
    const name = `${device.name}.${options.format === 'spice' ? 'device.cir' : 'va'}`;
    files.push({ name, content: [text.value] });
  }
  return success(files);
}

function choose(
  devices: readonly DeviceDesign[],
  { devices: wanted, file }: ExportOptions,
): Outcome<readonly DeviceDesign[]> {
  const names = devices.map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    return failure({
      code: 'export.unknown-device',
      message: `${displayPath(file)} has no device "${unknown}".`,
      hint: suggestion(unknown, names, 'It has none.'),
    });
  if (names.length === 0)
    return failure({
      code: 'export.no-device',
      message: `${displayPath(file)} has no device to export.`,
      hint: 'Add one, as in device Cell = vteam(rOn = 10 kOhm, rOff = 1 MOhm).',
    });
  return success(devices.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
}
