/** The API version, sent in the `API-Version` header and the OpenAPI document. */
export const API_VERSION = '0.1.0';
