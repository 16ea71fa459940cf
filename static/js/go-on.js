// Presses "Go on" of work that is done slice by slice. Without this, the reader presses it.

document.querySelector('[data-behaviour="go-on"]').requestSubmit();
