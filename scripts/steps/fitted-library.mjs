/**
 * The blocks of `std.cmos180` with the figures of measured circuits in the place of their defaults: the text of `std.gf180`.
 * Each block says in its documentation where its figures come from; what has not been measured stays as it is.
 */
export function fittedLibrary(cmos180, records) {
  const body = cmos180.slice(cmos180.search(/^\/\/\/ /m));
  const blocks = body.split(/(?<=^}\n)\n*/m).map((text) => {
    const name = /^block (\w+)/m.exec(text)?.[1];
    const record = records.find(({ block }) => block === name);
    return record ? fitted(text, record) : text;
  });
  return `${head}\n${blocks.join('\n')}`;
}

const head = `// The blocks of std.cmos180 with the figures of transistor circuits: our own designs on the open GF180MCU process, in
// language/std/gf180, measured in ngspice. Written by npm run characterize from gf180/characterized.json: what is
// changed here has no effect. Import this file in the place of std.cmos180. The circuits are made for scale = 0.1 V.
`;

function fitted(text, record) {
  const values = parameterTexts(record);
  const changed = text.replaceAll(
    /^( {2}param (\w+) = )(gaussian\([^)]*\)|.*?)(?= in | {2}\/\/\/|$)/gm,
    (line, start, name, value) => {
      const text = values[name]?.(value.startsWith('gaussian'));
      return text === undefined ? line : `${start}${text}`;
    },
  );
  const costs = `  power = ${digits(record.power * 1e6)} uW\n  area = ${digits(record.area * 1e12)} um^2\n`;
  return changed.replace(/^block /m, `${provenance(record)}\nblock `).replace(/^}\n/m, `${costs}}\n`);
}

/** What stands for each parameter, by whether its default is random. */
function parameterTexts({ parameters, rails, pole, slewRate, injectedCharge }) {
  const measured = Object.entries(parameters).map(([name, { value, sigma }]) => [
    name,
    (isRandom) => {
      const unit = name.startsWith('offset') ? ' V' : '';
      return isRandom
        ? `gaussian(${digits(value)}${unit}, ${digits(sigma)}${unit})`
        : `${digits(value)}${unit}`;
    },
  ]);
  return {
    ...Object.fromEntries(measured),
    rails: () => `${digits(rails.low)} V .. ${digits(rails.high)} V`,
    pole: () => `${digits(pole)} Hz`,
    slewRate: () => `${digits(slewRate)} V/s`,
    ...(injectedCharge === undefined ? {} : { injectedCharge: () => `${digits(injectedCharge)} C` }),
  };
}

function provenance({ file, subcircuit, source, deviation, settling, power, area }) {
  const { engine, process, corner, mismatch, supply, range } = source;
  return [
    `Fitted to ${subcircuit} of gf180/${file}: ${process}, ${corner} corner, ${supply} V on each side of ground, ${engine};`,
    `spreads over ${mismatch.trials} draws of the statistical deck from seed ${mismatch.seed}. Over inputs from ${range[0]} to ${range[1]} the fit is`,
    `within ${digits(deviation * 1e3)} mV. A step settles to 1 % in ${digits(settling * 1e9)} ns, the circuit takes ${digits(power * 1e6)} uW at rest and ${digits(area * 1e12)} um^2 of`,
    'drawn gates, resistors and capacitors.',
  ]
    .map((line) => `/// ${line}`)
    .join('\n');
}

/** Four significant digits. */
const digits = (value) => String(Number(value.toPrecision(4)));
