import * as React from 'react';

interface Draft {
  /** The value this draft was last seen against. */
  readonly seen: string;
  /** What stands in the field; undefined when that is the value. */
  readonly text: string | undefined;
  readonly committed: string | undefined;
}

/** Typing counts as done after this pause, or when the field is left. */
const pauseMs = 600;

/**
 * What stands in a field while it is typed in. The value is handed on after a pause or when the field is left, never per
 * key press. A value that comes from outside meanwhile wins, except the echo of our own.
 */
export function useDraft(
  value: string,
  commit: (text: string) => void,
): {
  text: string;
  type: (text: string) => void;
  finish: () => void;
} {
  const [draft, setDraft] = React.useState<Draft>({ seen: value, text: undefined, committed: undefined });
  if (draft.seen !== value) setDraft(followed(draft, value));
  const { text, committed } = draft;
  const finish = () => {
    if (text === undefined || text === committed) return;
    setDraft((now) => ({ ...now, committed: text }));
    commit(text);
  };
  const lastFinish = React.useRef(finish);
  React.useEffect(() => {
    lastFinish.current = finish;
  });
  React.useEffect(() => {
    if (text === undefined || text === committed) return;
    const pause = setTimeout(() => lastFinish.current(), pauseMs);
    return () => clearTimeout(pause);
  }, [text, committed]);
  return {
    text: text ?? value,
    type: (typed) => setDraft((now) => ({ ...now, text: typed })),
    finish,
  };
}

function followed({ text, committed }: Draft, value: string): Draft {
  const isEcho = value === committed;
  return { seen: value, text: isEcho && text !== value ? text : undefined, committed: isEcho ? committed : undefined };
}
