import type { Step } from '../../contract.ts';
import { closeIncident, resolvedByMessageOnly } from './close-incident.ts';
import { sendEmail } from './send-email.ts';
import type { Operation } from './operation.ts';

/** Messages of the platform beyond Create, Update and Delete that run through the pipeline. */
export const platformOperations: readonly Operation[] = [closeIncident, sendEmail];

/** Rules of the tables these messages are about. */
export const operationSteps: readonly Step[] = [resolvedByMessageOnly];
