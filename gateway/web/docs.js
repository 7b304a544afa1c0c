// "Try it out" uses the browser's session where there is one; its CSRF token is fetched once.
let csrf;
const token = () => (csrf ??= fetch("sessions/current").then((r) => (r.ok ? r.json() : {})).then((s) => s.csrf));

SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#ui",
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: async (request) => {
    if (["POST", "PUT", "PATCH", "DELETE"].includes(request.method)) {
      const value = await token();
      if (value) request.headers["X-CSRF-Token"] = value;
    }
    return request;
  },
});
