import { readNumber } from '../shared/environment-variable.ts';
import { writeIfUnchanged } from '../shared/write-if-unchanged.ts';
import { decisionProblem, decisionRow, type DecisionProblem } from './decision.ts';
import { show } from './form.ts';
import { stateNotification } from './next-step.ts';
import { readRequest, status, turnOf, type Choice, type CurrentRequest, type Turn } from './request.ts';
import { text } from './texts.ts';

const set = 'fno_creditlimitrequests';
const reasonColumns: Readonly<Record<Turn, string>> = {
  first: 'fno_decisionreason',
  second: 'fno_seconddecisionreason',
};

/** Command *Approve* of the form. */
export const approve = (form: Xrm.FormContext): Promise<void> => attempt(() => decide(form, 'approve'));

/** Command *Reject* of the form. */
export const reject = (form: Xrm.FormContext): Promise<void> => attempt(() => decide(form, 'reject'));

/** Command *Try again* of the form, after finance and operations refused the limit or was not reached. */
export const retry = (form: Xrm.FormContext): Promise<void> => attempt(() => tryAgain(form));

async function decide(form: Xrm.FormContext, choice: Choice): Promise<void> {
  const id = idOf(form);
  const [request, highest, alone] = await Promise.all([
    readRequest(id, Xrm.WebApi),
    readNumber('fno_HighestLimit', Xrm.WebApi),
    readNumber('fno_RepresentativeLimit', Xrm.WebApi),
  ]);
  const turn = turnOf(request);
  const reason = String(form.getAttribute(reasonColumns[turn ?? 'first'])?.getValue() ?? '');
  const userId = Xrm.Utility.getGlobalContext().userSettings.userId.replace(/[{}]/g, '').toLowerCase();
  const problem = decisionProblem(request, { turn, choice, reason, userId }, highest);
  if (turn === undefined || problem !== undefined) return refuse(form, problem ?? 'decidedAlready', request, turn);
  const waits = choice === 'approve' && turn === 'first' && alone !== undefined && request.wanted > alone;
  const words = text(choice === 'reject' ? 'askReject' : waits ? 'askFirst' : 'askApprove', ...factsOf(request));
  const { confirmed } = await Xrm.Navigation.openConfirmDialog({ title: text(choice), text: words });
  if (!confirmed) return;
  const row = decisionRow(request, { turn, choice, reason, userId, at: new Date() });
  if (!(await writeIfUnchanged({ set, id, etag: request.etag }, row))) {
    const { statusText, changedBy } = await readRequest(id, Xrm.WebApi);
    await Xrm.Navigation.openAlertDialog({ title: text(choice), text: text('overtaken', changedBy, statusText) });
  }
  await refresh(form);
}

const factsOf = ({ wantedText, customerName }: CurrentRequest) => [wantedText, customerName];

async function refuse(
  form: Xrm.FormContext,
  problem: DecisionProblem,
  request: CurrentRequest,
  turn: Turn | undefined,
): Promise<void> {
  if (problem === 'noReason') {
    const control = form.getControl<Xrm.Controls.StandardControl>(reasonColumns[turn ?? 'first']);
    control?.setFocus();
  }
  await Xrm.Navigation.openAlertDialog({
    title: text('notDecided'),
    text: text(problem, request.statusText, request.changedBy),
  });
  if (problem === 'decidedAlready') await refresh(form);
}

async function tryAgain(form: Xrm.FormContext): Promise<void> {
  const id = idOf(form);
  const request = await readRequest(id, Xrm.WebApi);
  const mayBeTried: readonly number[] = [status.refused, status.failed, status.proposed];
  if (!mayBeTried.includes(request.status)) {
    await Xrm.Navigation.openAlertDialog({ title: text('retry'), text: text('nothingToRetry', request.statusText) });
    return refresh(form);
  }
  const row = { fno_retryon: new Date().toISOString() };
  const isWritten = await writeIfUnchanged({ set, id, etag: request.etag }, row);
  if (!isWritten) {
    const now = await readRequest(id, Xrm.WebApi);
    const words = text('overtaken', now.changedBy, now.statusText);
    await Xrm.Navigation.openAlertDialog({ title: text('retry'), text: words });
  }
  await refresh(form);
  // The state is the flow's to write: until it has, it tells of the last time.
  if (isWritten) form.ui.setFormNotification(text('tryingAgain'), 'INFO', stateNotification);
}

/** A refresh does not load the form again: what it says is said anew. */
async function refresh(form: Xrm.FormContext): Promise<void> {
  await form.data.refresh(false);
  show(form);
}

const idOf = (form: Xrm.FormContext) => form.data.entity.getId().replace(/[{}]/g, '').toLowerCase();

/** A command has nobody behind it to catch what goes wrong: it says so itself. */
async function attempt(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    await Xrm.Navigation.openErrorDialog({ message: text('failed', (error as Error).message) });
  }
}
