import { kinds, seenEvents, type Events, type Kind } from './model';

const equals = 0;

/** What the user has asked of the events, kept between two updates. */
export class TimelineSession {
  kind: Kind | undefined;
  /** Option of `fno_event`; undefined for all. */
  event: string | undefined;
  seen: ReadonlyMap<string, string> = new Map();
  private isSized = false;

  /** Learns from the rows of this update; the first time, sets how many a page has. */
  see(events: Events, pageSize: number): void {
    if (!events.loading) this.seen = seenEvents(events, this.seen);
    if (this.isSized || pageSize <= 0) return;
    this.isSized = true;
    if (events.paging.pageSize === pageSize) return;
    events.paging.setPageSize(pageSize);
    events.refresh();
  }

  showKind(events: Events, kind: Kind | undefined): void {
    this.kind = kind;
    this.narrow(events);
  }

  showEvent(events: Events, event: string | undefined): void {
    this.event = event;
    this.narrow(events);
  }

  private narrow(events: Events): void {
    const conditions = [
      ...(this.kind === undefined ? [] : [condition('fno_kind', String(kinds[this.kind]))]),
      ...(this.event === undefined ? [] : [condition('fno_event', this.event)]),
    ];
    if (conditions.length === 0) events.filtering.clearFilter();
    else events.filtering.setFilter({ filterOperator: 0, conditions });
    events.refresh();
  }
}

const condition = (attributeName: string, value: string) => ({
  attributeName,
  conditionOperator: equals as ComponentFramework.PropertyHelper.DataSetApi.ConditionExpression['conditionOperator'],
  value,
});
