import type { Step } from '../../contract.ts';
import { closeIncident, resolvedByMessageOnly } from './close-incident.ts';
import {
  addToQueue,
  pickFromQueue,
  queueItemOfRow,
  releaseToQueue,
  removeFromQueue,
  routeTo,
} from './queue-operations.ts';
import {
  addPrivilegesRole,
  removePrivilegeRole,
  replacePrivilegesRole,
  retrieveRolePrivilegesRole,
} from './role-privileges.ts';
import { sharingMessages } from './sharing.ts';
import { sendEmail } from './send-email.ts';
import { addMembersTeam, addUserToRecordTeam, removeMembersTeam, removeUserFromRecordTeam } from './team-members.ts';
import {
  commitFileBlocksUpload,
  deleteFile,
  downloadBlock,
  initializeFileBlocksDownload,
  initializeFileBlocksUpload,
  uploadBlock,
} from './file-blocks.ts';
import { getAutoNumberSeed, getNextAutoNumberValue, setAutoNumberSeed } from './auto-numbers.ts';
import { isValidStateTransition } from './is-valid-state-transition.ts';
import { merge } from './merge.ts';
import { initializeFrom } from './initialize-from.ts';
import type { Operation } from './operation.ts';

/** Messages of the platform beyond Create, Update and Delete that run through the pipeline. */
export const platformOperations: readonly Operation[] = [
  closeIncident,
  sendEmail,
  addToQueue,
  pickFromQueue,
  releaseToQueue,
  removeFromQueue,
  routeTo,
  merge,
  isValidStateTransition,
  setAutoNumberSeed,
  getAutoNumberSeed,
  getNextAutoNumberValue,
  initializeFrom,
  addMembersTeam,
  removeMembersTeam,
  addUserToRecordTeam,
  removeUserFromRecordTeam,
  addPrivilegesRole,
  replacePrivilegesRole,
  removePrivilegeRole,
  retrieveRolePrivilegesRole,
  initializeFileBlocksUpload,
  uploadBlock,
  commitFileBlocksUpload,
  initializeFileBlocksDownload,
  downloadBlock,
  deleteFile,
];

/** Rules of the tables these messages are about. */
export const operationSteps: readonly Step[] = [resolvedByMessageOnly, queueItemOfRow];

/** The message of this name; undefined when the platform has none beyond Create, Update and Delete. */
export const messageNamed = (name: string): Operation | undefined =>
  [...platformOperations, ...Object.values(sharingMessages)].find((one) => one.name === name);
