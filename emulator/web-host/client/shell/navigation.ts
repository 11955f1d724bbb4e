import * as React from 'react';
import { readPlace, urlOf, type Place } from './place';

type Target = Exclude<Place, { kind: 'unknown' }>;

/** Asked before the page is left; false keeps the user where they are. */
export type LeaveGuard = () => Promise<boolean>;

/** A dialog with a form in it has a guard of its own, above that of the page. */
let guards: readonly LeaveGuard[] = [];
let step = 0;
let isGoingBackToStay = false;
const listeners = new Set<() => void>();
const moved = () => listeners.forEach((listener) => listener());

export function guardLeaving(asked: LeaveGuard): () => void {
  guards = [...guards, asked];
  return () => {
    guards = guards.filter((one) => one !== asked);
  };
}

async function mayLeave(): Promise<boolean> {
  for (const guard of [...guards].reverse()) if (!(await guard())) return false;
  return true;
}

/** Goes to another page, unless what would be lost is wanted. */
export async function go(place: Target): Promise<void> {
  if (!(await mayLeave())) return;
  history.pushState({ step: (step += 1) }, '', urlOf(place));
  moved();
}

/** Gives the page in sight its right address, without leaving it. */
export function settle(place: Target): void {
  history.replaceState({ step }, '', urlOf(place));
}

/** Goes to another page in place of this one. */
export function replace(place: Target): void {
  settle(place);
  moved();
}

/** The browser has moved already when it tells; staying means going back to where it was. */
async function onPopState(event: PopStateEvent): Promise<void> {
  const to = (event.state as { step?: number } | null)?.step ?? 0;
  if (isGoingBackToStay) {
    isGoingBackToStay = false;
    return;
  }
  if (guards.length > 0 && to !== step) {
    const back = step - to;
    isGoingBackToStay = true;
    history.go(back);
    if (!(await mayLeave())) return;
    guards = [];
    history.go(-back);
    return;
  }
  step = to;
  moved();
}

export function usePlace(): Place {
  const [url, setUrl] = React.useState(location.href);
  React.useEffect(() => {
    const listen = () => setUrl(location.href);
    const pop = (event: PopStateEvent) => void onPopState(event);
    listeners.add(listen);
    window.addEventListener('popstate', pop);
    return () => {
      listeners.delete(listen);
      window.removeEventListener('popstate', pop);
    };
  }, []);
  return React.useMemo(() => readPlace(new URL(url)), [url]);
}

/** Properties of a link that stays in the page; the middle button and Ctrl open it elsewhere, as everywhere. */
export function linkTo(place: Target): { href: string; onClick: (event: React.MouseEvent) => void } {
  return {
    href: urlOf(place),
    onClick(event) {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      void go(place);
    },
  };
}
