export { startWorld, lastZip, type Run, type World, type WorldOptions } from './world.ts';
export { runFaultMatrix, type CellResult, type FaultScenario } from './matrix.ts';
export type { Cell } from './cells.ts';
export { callFaults, actionFaults, deliveryFaults, isForGood, type FaultName } from './faults.ts';
export { countOf, printMatrix } from './print.ts';
