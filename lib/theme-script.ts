/** Before the first paint: the colours the reader chose, and that there is JavaScript. */
export const THEME_SCRIPT =
  "(function(r){try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')r.dataset.theme=t}catch(e){}r.dataset.js=''})(document.documentElement)";
