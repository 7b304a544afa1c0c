/* Plain ES5: runs before everything else, in whatever browser there is. Chromium 87 is the first that has all of these. */
(function () {
  var fits = false;
  try {
    fits = 'noModule' in document.createElement('script') && 'allSettled' in Promise
      && 'replaceAll' in String.prototype && CSS.supports('inset', '0px') && CSS.supports('gap', '1px');
  } catch (error) { fits = false; }
  if (!fits) {
    document.addEventListener('DOMContentLoaded', function () {
      document.getElementById('gate').removeAttribute('hidden');
    });
  }
})();
