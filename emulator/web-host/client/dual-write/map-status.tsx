import * as React from 'react';
import { Icon } from '@fluentui/react';
import type { MapStatus } from '../web-api/dual-write';

const icons: Readonly<Record<MapStatus, string>> = {
  'Not running': 'CircleRing',
  Initializing: 'Refresh',
  Running: 'Completed',
  Paused: 'Pause',
  Resuming: 'Refresh',
};

export const MapStatusText = ({ status }: { readonly status: MapStatus }): React.ReactElement => (
  <span className={`status status-map-${status.toLowerCase().replace(' ', '-')}`}>
    <Icon iconName={icons[status]} /> {status}
  </span>
);

export const sideName = (side: string): string => (side === 'dataverse' ? 'Dataverse' : 'Finance and operations');
