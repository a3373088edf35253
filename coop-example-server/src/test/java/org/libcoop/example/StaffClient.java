package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody of the staff who asks over HTTP, as the pages do. */
record StaffClient(URI server, String token) {

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static StaffClient signedIn(URI server, String operator) throws Exception {
        HttpResponse<String> answer = new StaffClient(server, "").post("/api/sign-in", Map.of("operator", operator));
        return new StaffClient(
                server, JSON.readTree(answer.body()).path("token").asText());
    }

    HttpResponse<String> get(String path, Map<String, String> parameters) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(server.resolve(path + '?' + query(parameters)))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    /** Sends bytes as they are. */
    HttpResponse<String> post(String path, Map<String, String> parameters, byte[] content) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(server.resolve(path + '?' + query(parameters)))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + '=' + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    HttpResponse<String> post(String path, Map<String, ?> body, String... headers) throws Exception {
        return postJson(path, JSON.writeValueAsString(body), headers);
    }

    HttpResponse<String> postJson(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token)
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    /** The status and the refusal's code, such as {@code 403 not-allowed}. */
    static String refusal(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() + " " + json(answer).path("code").asText();
    }
}
