import * as React from 'react';

interface OpenDialog {
  readonly key: number;
  readonly draw: () => React.ReactElement;
}

let open: readonly OpenDialog[] = [];
let count = 0;
let redraw: () => void = () => undefined;

/** Shows a dialog of its own making. @returns what it was closed with; undefined for nothing */
export function showDialog<T>(draw: (done: (value?: T) => void) => React.ReactElement): Promise<T | undefined> {
  return new Promise((answered) => {
    const key = (count += 1);
    const done = (value?: T) => {
      open = open.filter((one) => one.key !== key);
      redraw();
      answered(value);
    };
    open = [...open, { key, draw: () => draw(done) }];
    redraw();
  });
}

/** The dialogs that are open, the last above the others. */
export function CustomDialogs(): React.ReactElement {
  const [, draw] = React.useReducer((times: number) => times + 1, 0);
  React.useEffect(() => {
    redraw = draw;
    draw();
  }, []);
  return (
    <>
      {open.map((one) => (
        <React.Fragment key={one.key}>{one.draw()}</React.Fragment>
      ))}
    </>
  );
}
