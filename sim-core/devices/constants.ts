/** Physical constants in SI units: CODATA 2018; the first three are exact by definition. */
export const elementaryCharge = 1.602176634e-19;
export const boltzmann = 1.380649e-23;
export const planck = 6.62607015e-34;
export const electronMass = 9.1093837015e-31;
export const vacuumPermittivity = 8.8541878128e-12;

/** k/e in volts per kelvin: `thermalVoltage = boltzmannOverCharge·T`. */
export const boltzmannOverCharge = boltzmann / elementaryCharge;
