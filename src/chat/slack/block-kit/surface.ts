/** Where blocks are shown outside of a modal. */
export type Surface = 'message' | 'home';
export type AnySurface = Surface | 'modal';
