export * from './clock.ts';
export * from './escape-xml.ts';
export * from './fault.ts';
export * from './fault-rules.ts';
export * from './http.ts';
export * from './ids.ts';
export * from './trace.ts';
export * from './work.ts';
