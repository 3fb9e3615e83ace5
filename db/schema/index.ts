export * from './files';
export * from './jobs';
export * from './links';
export * from './notes';
export * from './people';
export * from './reading';
export * from './site';
export * from './views';
