/* global performance, requestAnimationFrame */
// The first frame is on the screen when the one after it begins.
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("window shown")));
