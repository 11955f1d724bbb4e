import { status } from './request.ts';

/** The one notification of the form that tells the state. */
export const stateNotification = 'fno-state';

/** What there is to say about each state, and how loudly. */
export const nextSteps: Readonly<Record<number, readonly [key: NextStep, level: Xrm.FormNotificationLevel]>> = {
  [status.inReview]: ['inReview', 'INFO'],
  [status.waiting]: ['waiting', 'INFO'],
  [status.applying]: ['applying', 'INFO'],
  [status.proposed]: ['proposed', 'WARNING'],
  [status.refused]: ['refusedByFinance', 'ERROR'],
  [status.failed]: ['failedToReach', 'ERROR'],
  [status.confirmed]: ['confirmed', 'INFO'],
  [status.rejected]: ['rejected', 'INFO'],
  [status.notNeeded]: ['notNeeded', 'INFO'],
  [status.notSynchronised]: ['notSynchronised', 'WARNING'],
};

/** What is said of a decided request until the flow has written its state. */
export const decided = ['decided', 'INFO'] as const satisfies readonly [NextStep, Xrm.FormNotificationLevel];

export type NextStep =
  | 'decided'
  | 'inReview'
  | 'waiting'
  | 'applying'
  | 'proposed'
  | 'refusedByFinance'
  | 'failedToReach'
  | 'confirmed'
  | 'rejected'
  | 'notNeeded'
  | 'notSynchronised';
