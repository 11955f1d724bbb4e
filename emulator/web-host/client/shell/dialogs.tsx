import * as React from 'react';
import {
  DefaultButton,
  Dialog,
  DialogFooter,
  DialogType,
  Overlay,
  PrimaryButton,
  Spinner,
  SpinnerSize,
} from '@fluentui/react';
import { shellWords } from '../language/words/shell';
import { CustomDialogs } from './custom-dialogs';

interface Question {
  readonly title: string;
  readonly text: string;
  /** Labels; the first is what Enter presses, the last what Escape does. */
  readonly answers: readonly string[];
  answer(index: number): void;
}

let questions: readonly Question[] = [];
let waits: readonly string[] = [];
let draw: () => void = () => undefined;

/** @returns the index of the answer */
export function ask(title: string, text: string, answers: readonly string[]): Promise<number> {
  return new Promise((answered) => {
    const question: Question = {
      title,
      text,
      answers,
      answer(index) {
        questions = questions.filter((one) => one !== question);
        draw();
        answered(index);
      },
    };
    questions = [...questions, question];
    draw();
  });
}

export const tell = (title: string, text: string, label = shellWords('ok')) =>
  ask(title, text, [label]).then(() => undefined);

/** Scripts may open several; each closing ends the last. */
export function showProgress(text: string): void {
  waits = [...waits, text];
  draw();
}

export function closeProgress(): void {
  waits = waits.slice(0, -1);
  draw();
}

/** Shows one question at a time, above everything. */
export function Dialogs(): React.ReactElement {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    draw = redraw;
    redraw();
  }, []);
  const [question] = questions;
  const wait = waits[waits.length - 1];
  return (
    <>
      {wait !== undefined && (
        <Overlay className="progress">
          <Spinner size={SpinnerSize.large} label={wait} />
        </Overlay>
      )}
      <CustomDialogs />
      {question !== undefined && <QuestionDialog key={`${question.title}${question.text}`} question={question} />}
    </>
  );
}

function QuestionDialog({ question }: { readonly question: Question }): React.ReactElement {
  const { title, text, answers, answer } = question;
  const Button = (index: number) => (index === 0 ? PrimaryButton : DefaultButton);
  return (
    <Dialog
      hidden={false}
      onDismiss={() => answer(answers.length - 1)}
      dialogContentProps={{ type: DialogType.normal, title, showCloseButton: answers.length > 1 }}
      modalProps={{ isBlocking: true }}
      minWidth={400}
      maxWidth={600}
    >
      <div className="dialog-text">{text}</div>
      <DialogFooter>
        {answers.map((label, index) =>
          React.createElement(Button(index), { key: label, text: label, onClick: () => answer(index) }),
        )}
      </DialogFooter>
    </Dialog>
  );
}
