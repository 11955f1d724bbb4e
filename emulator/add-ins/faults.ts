import { Fault } from '../kernel/index.ts';

const fault = (name: string, code: string, status: number, message: string) =>
  new Fault(name, { code, status }, message);

/** What installing and configuring add-ins refuses. */
export const faults = {
  noAddIn: (name: string, known: readonly string[]) =>
    fault('noAddIn', 'NoAddIn', 404, `There is no add-in '${name}'. There are ${known.join(', ')}.`),
  notLinked: () =>
    fault('addInsNeedLink', 'NotLinked', 409, 'Add-ins can be installed once the environment is linked.'),
  wrongState: (name: string, state: string, verb: string) =>
    fault('addInState', 'AddInState', 409, `The add-in '${name}' is ${state}: '${verb}' is not possible now.`),
  badConfiguration: (message: string) => fault('badConfiguration', 'BadConfiguration', 400, message),
  unknownVerb: (verb: string) =>
    fault('unknownAddInVerb', 'BadAddInCall', 400, `'${verb}' is none of install, configure, uninstall.`),
} as const;
