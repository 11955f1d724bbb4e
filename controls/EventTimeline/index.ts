import * as React from 'react';
import { failureOf } from '../shared/failure';
import { textsFrom } from '../shared/texts';
import { themeOf } from '../shared/theme';
import { EventTimelineView, type EventTimelineProps } from './EventTimeline';
import { daysOf, hasColumn, type Events } from './model';
import { TimelineSession } from './timeline-session';

interface Inputs {
  readonly events: Events;
  readonly pageSize: ComponentFramework.PropertyTypes.WholeNumberProperty;
}
type Outputs = Record<string, never>;
type Context = ComponentFramework.Context<Inputs>;

/** Turns the host's data set into what the view shows. It hands nothing back: events are opened, never changed. */
export class EventTimeline implements ComponentFramework.ReactControl<Inputs, Outputs> {
  private context!: Context;
  private readonly session = new TimelineSession();

  init(context: Context): void {
    this.context = context;
  }

  updateView(context: Context): React.ReactElement {
    this.context = context;
    const { events } = context.parameters;
    this.session.see(events, context.parameters.pageSize?.raw ?? 0);
    const isRightToLeft = context.userSettings.isRTL;
    const props: EventTimelineProps = {
      days: daysOf(events, (moment) => context.formatting.formatDateLong(moment)),
      count: events.sortedRecordIds.length,
      total: events.paging.totalResultCount >= 0 ? events.paging.totalResultCount : undefined,
      hasMore: events.paging.hasNextPage,
      isLoading: events.loading,
      failure: events.error ? failureOf(new Error(events.errorMessage)) : undefined,
      kind: this.session.kind,
      event: this.session.event,
      seen: this.session.seen,
      hasKinds: hasColumn(events, 'fno_kind'),
      isRightToLeft,
      theme: themeOf(context.fluentDesignLanguage, isRightToLeft),
      text: textsFrom((key) => context.resources.getString(key)),
      number: (value) => context.formatting.formatInteger(value),
      on: this.handlers,
    };
    return React.createElement(EventTimelineView, props);
  }

  getOutputs(): Outputs {
    return {};
  }

  destroy(): void {
    // The host owns the data set; nothing of ours is left running.
  }

  private get events(): Events {
    return this.context.parameters.events;
  }

  private readonly handlers: EventTimelineProps['on'] = {
    kind: (kind) => {
      this.session.showKind(this.events, kind);
      this.context.factory.requestRender();
    },
    event: (event) => {
      this.session.showEvent(this.events, event);
      this.context.factory.requestRender();
    },
    refresh: () => this.events.refresh(),
    more: () => this.events.paging.loadNextPage(),
    open: (id) => {
      const record = this.events.records[id];
      if (record !== undefined) this.events.openDatasetItem(record.getNamedReference());
    },
  };
}
