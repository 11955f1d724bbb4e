import { decided, nextSteps, stateNotification } from './next-step.ts';
import { status } from './request.ts';
import { text } from './texts.ts';

const reasonNotification = 'fno-reason';
const activityNotification = 'fno-activity';

/** Form event OnLoad. */
export function onLoad(context: Xrm.Events.EventContext): void {
  show(context.getFormContext());
}

/** The state in words, what happens next, and nothing to edit but the reason of the decision that is due. */
export function show(form: Xrm.FormContext): void {
  const now = form.getAttribute<Xrm.Attributes.OptionSetAttribute>('statuscode')?.getValue() ?? null;
  lock(form, now);
  showState(form, now);
  showReason(form);
  showActivity(form, now);
}

/** A reason is written by the command together with the decision, never by saving the form. */
function lock(form: Xrm.FormContext, now: number | null): void {
  const open = {
    fno_decisionreason: now === status.inReview && !isSet(form, 'fno_decision'),
    fno_seconddecisionreason: now === status.waiting && !isSet(form, 'fno_seconddecision'),
  };
  for (const [name, isOpen] of Object.entries(open)) {
    form.getAttribute(name)?.setSubmitMode('never');
    form.getControl<Xrm.Controls.StandardControl>(name)?.setDisabled(!isOpen);
  }
}

const isSet = (form: Xrm.FormContext, name: string) => (form.getAttribute(name)?.getValue() ?? null) !== null;

/** The state is the flow's to write: until it has, the decision says more than the state. */
const isUnderWay = (form: Xrm.FormContext, now: number | null) =>
  (now === status.inReview && isSet(form, 'fno_decision')) ||
  (now === status.waiting && isSet(form, 'fno_seconddecision'));

function showState(form: Xrm.FormContext, now: number | null): void {
  const [key, level] = isUnderWay(form, now) ? decided : (nextSteps[now ?? 0] ?? []);
  if (key === undefined || level === undefined) form.ui.clearFormNotification(stateNotification);
  else form.ui.setFormNotification(text(key), level, stateNotification);
}

/** Why, in the words of the choice; and what finance and operations said, as it said it. */
function showReason(form: Xrm.FormContext): void {
  const why = form.getAttribute<Xrm.Attributes.OptionSetAttribute>('fno_reason')?.getText() ?? '';
  const message = String(form.getAttribute('fno_message')?.getValue() ?? '');
  const words = [why, message].filter((part) => part !== '').join(': ');
  if (words === '') form.ui.clearFormNotification(reasonNotification);
  else form.ui.setFormNotification(words, 'WARNING', reasonNotification);
}

function showActivity(form: Xrm.FormContext, now: number | null): void {
  const isNew = form.getAttribute('fno_newactivity')?.getValue() === true;
  const isOpen = now === status.inReview || now === status.waiting;
  if (isNew && isOpen) form.ui.setFormNotification(text('newActivity'), 'WARNING', activityNotification);
  else form.ui.clearFormNotification(activityNotification);
}
