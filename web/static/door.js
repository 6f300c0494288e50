// Passkeys need a script; nothing else at the door does. The server writes the
// options into the form, this hands them to the browser, and the answer goes
// back in the form itself.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = list => (list ?? []).map(one => ({...one, id: bytes(one.id)}));

const creation = o => ({...o, challenge: bytes(o.challenge), user: {...o.user, id: bytes(o.user.id)}, excludeCredentials: known(o.excludeCredentials)});
const request = o => ({...o, challenge: bytes(o.challenge), allowCredentials: known(o.allowCredentials)});

function written(credential) {
  const r = credential.response, out = {clientDataJSON: text(r.clientDataJSON)};
  if (r.attestationObject) {
    out.attestationObject = text(r.attestationObject);
    out.transports = r.getTransports?.() ?? [];
  } else {
    out.authenticatorData = text(r.authenticatorData);
    out.signature = text(r.signature);
    if (r.userHandle) out.userHandle = text(r.userHandle);
  }
  return JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response: out,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined, clientExtensionResults: credential.getClientExtensionResults(),
  });
}

let waiting; // the offer in the list of the name field, which a click replaces

async function answer(form, mediation) {
  waiting?.abort();
  waiting = new AbortController();
  const options = JSON.parse(form.dataset.options), how = {signal: waiting.signal};
  if (form.dataset.passkey === "create") {
    const name = form.querySelector("[data-account]")?.value.trim();
    if (name) options.user.name = options.user.displayName = name;
    return navigator.credentials.create({...how, publicKey: creation(options)});
  }
  return navigator.credentials.get({...how, publicKey: request(options), ...(mediation && {mediation})});
}

function send(form, credential) {
  form.elements.answer.value = written(credential);
  HTMLFormElement.prototype.submit.call(form);
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  const said = form.querySelector("[data-said]");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    said.hidden = true;
    try {
      send(form, await answer(form));
    } catch (error) {
      if (error.name === "AbortError") return;
      said.textContent = form.dataset.failed;
      said.hidden = false;
    }
  });
  if ("autofill" in form.dataset && await PublicKeyCredential.isConditionalMediationAvailable?.()) {
    answer(form, "conditional").then(credential => credential && send(form, credential), () => {});
  }
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("[data-zone]")) {
  if (field.tagName === "INPUT" || [...field.options].some(o => o.value === zone)) field.value = zone;
}
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText([...from.querySelectorAll("code"), ...(from.matches("code") ? [from] : [])].map(e => e.textContent).join("\n"));
    button.textContent = button.dataset.copied;
  });
}
document.querySelector("form[data-onward]")?.requestSubmit();
