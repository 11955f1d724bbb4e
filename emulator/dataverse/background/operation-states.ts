/** State and status reason of a background operation. */
export interface OperationState {
  readonly backgroundoperationstatecode: number;
  readonly backgroundoperationstatuscode: number;
}

const pair = (backgroundoperationstatecode: number, backgroundoperationstatuscode: number): OperationState => ({
  backgroundoperationstatecode,
  backgroundoperationstatuscode,
});

/** @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/backgroundoperation */
export const states = {
  waiting: pair(0, 0),
  inProgress: pair(2, 20),
  canceling: pair(2, 22),
  succeeded: pair(3, 30),
  failed: pair(3, 31),
  canceled: pair(3, 32),
} as const;

export const completed = states.succeeded.backgroundoperationstatecode;
