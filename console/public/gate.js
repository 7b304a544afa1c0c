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
    return;
  }
  /* What every page begins with is on its way while its scripts still come; src/api/sending.ts takes it. */
  var here = null;
  try { here = localStorage.getItem('kaohe here'); } catch (error) { here = null; }
  if (!here) return;
  var early = (window.kaoheEarly = { at: Date.now(), answers: {} }).answers;
  var ask = function (path) { return fetch('/api/v1/' + path, { credentials: 'same-origin' }); };
  var nothing = function () { return undefined; };
  var session = ask('sessions/current');
  early['/api/v1/sessions/current'] = session.catch(nothing);
  var account = session.then(function (answer) { return answer.ok ? answer.clone().json() : null; })
    .then(function (told) { return told && !told.account.must_change ? told.account : null; });
  ['preferences', 'words', 'cycles?limit=100'].forEach(function (path) {
    early['/api/v1/' + path] = account
      .then(function (who) { return who && (path !== 'cycles?limit=100' || who.bureau) ? ask(path) : undefined; }).catch(nothing);
  });
})();
