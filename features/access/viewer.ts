/** Whoever asks. Every query and verb takes one first; what a viewer may not see does not exist for them. */
export type Viewer = { kind: 'anonymous' };

export const anonymous: Viewer = { kind: 'anonymous' };
