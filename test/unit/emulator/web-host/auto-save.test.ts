import { keepSaved, type SavedByItself } from '../../../../emulator/web-host/client/form/auto-save';

let value: string;
let saved: string;
let saves: number;
let outcome: boolean;
let isWorth: boolean;
let listeners: (() => void)[];
let stop: () => void;

const session: SavedByItself = {
  model: {
    subscribe(listener) {
      listeners.push(listener);
      return () => listeners.splice(listeners.indexOf(listener), 1);
    },
    get isDirty() {
      return value !== saved;
    },
    valuesWithout: () => new Map([['name', value]]),
  },
  get isWorthAutoSave() {
    return isWorth;
  },
  async autoSave() {
    saves += 1;
    if (outcome) saved = value;
    change(value);
    return outcome;
  },
};

function change(to: string): void {
  value = to;
  for (const listener of [...listeners]) listener();
}

beforeEach(() => {
  jest.useFakeTimers();
  [value, saved, saves, outcome, isWorth, listeners] = ['Oak', 'Oak', 0, true, true, []];
  stop = keepSaved(session);
});
afterEach(() => {
  stop();
  jest.useRealTimers();
});

test('a row is saved 30 seconds after its first change, once, and again after the next', async () => {
  await jest.advanceTimersByTimeAsync(60_000);
  expect(saves).toBe(0);
  change('Ash');
  await jest.advanceTimersByTimeAsync(20_000);
  change('Asher');
  await jest.advanceTimersByTimeAsync(9_999);
  expect(saves).toBe(0);
  await jest.advanceTimersByTimeAsync(1);
  expect([saves, saved]).toEqual([1, 'Asher']);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(saves).toBe(1);
  change('Elm');
  await jest.advanceTimersByTimeAsync(30_000);
  expect([saves, saved]).toEqual([2, 'Elm']);
});

test('a change that was saved otherwise, or taken back, is not saved again', async () => {
  change('Ash');
  await jest.advanceTimersByTimeAsync(10_000);
  change('Oak');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(saves).toBe(0);
});

test('what was refused or prevented waits for the next change', async () => {
  outcome = false;
  change('Ash');
  await jest.advanceTimersByTimeAsync(120_000);
  expect(saves).toBe(1);
  change('Elm');
  await jest.advanceTimersByTimeAsync(30_000);
  expect(saves).toBe(2);
});

test('a column that is still being edited is saved when it no longer is', async () => {
  isWorth = false;
  change('Ash');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(saves).toBe(0);
  isWorth = true;
  await jest.advanceTimersByTimeAsync(30_000);
  expect(saved).toBe('Ash');
});

test('a form that is closed saves nothing', async () => {
  change('Ash');
  stop();
  await jest.advanceTimersByTimeAsync(60_000);
  expect([saves, listeners]).toEqual([0, []]);
});
