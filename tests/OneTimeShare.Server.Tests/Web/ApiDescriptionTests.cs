using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>The server describes all that it has, and nothing else; every answer of every test is held to it.</summary>
public sealed class ApiDescriptionTests(ServerWithOperator server) : IClassFixture<ServerWithOperator>
{
    [Fact]
    public async Task The_description_is_there_to_be_fetched()
    {
        using var response = await server.GetAsync("openapi.json");
        var json = await response.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("3.1.0", json.GetProperty("openapi").GetString());
        Assert.True(JsonElement.DeepEquals(ApiDescriptions.Document, json));
    }

    [Fact]
    public void Every_route_is_described_and_every_description_is_a_routes()
    {
        Assert.Empty(Routes().Except(ApiDescriptions.Operations));
        Assert.Empty(ApiDescriptions.Operations.Except(Routes()));
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own()
    {
        var names = new HashSet<string>();
        Walk(ApiDescriptions.Document);
        Assert.True(names.Count > 30, $"{names.Count}");

        void Walk(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                    Walk(item);
            }
            if (element.ValueKind != JsonValueKind.Object)
                return;
            Assert.NotEqual(JsonValueKind.Undefined, JsonSchema.Resolve(ApiDescriptions.Document, element).ValueKind);
            foreach (var member in element.EnumerateObject())
            {
                if (member.Name == "operationId")
                    Assert.True(names.Add(member.Value.GetString()!), member.Value.GetString());
                Walk(member.Value);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/policy", 200, "application/json", "{}")]
    [InlineData("GET", "/api/v1/policy", 201, "application/json", "{}")]
    [InlineData("GET", "/api/v1/policy", 200, "text/plain", null)]
    [InlineData("GET", "/api/v1/polic", 200, "application/json", "{}")]
    [InlineData("GET", "/health/live", 200, "application/json", """{"status":"dead"}""")]
    [InlineData("GET", "/health/live", 200, "application/json", """{"status":1}""")]
    [InlineData("GET", "/health/live", 200, "application/json", """{"status":"live","at":1}""")]
    [InlineData("GET", "/health/live", 404, "application/problem+json", """{"type":"/problems/x","title":""}""")]
    [InlineData("POST", "/api/v1/uploads", 201, null, null)]
    public void An_answer_that_is_not_as_described_is_found(
        string method, string path, int status, string? type, string? body) =>
        Assert.NotEmpty(ApiDescriptions.Check(method, path, status, type, [], body));

    [Fact]
    public void An_answer_as_described_is_not() => Assert.Empty(ApiDescriptions.Check(
        "GET", "/health/live", 200, "application/json", [], """{"status":"live"}"""));

    private IEnumerable<(string Method, string Path)> Routes() =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        // The scripts, styles and fonts of the pages, and what stands in for one that is not there.
        where !path.StartsWith("/assets/", StringComparison.Ordinal) && path != "/{**path:file}"
        from template in path == "/{name?}" ? ["/", "/{name}"] : new[] { path }
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        // A known name without a route by that method is not found, whatever the name.
        where template != "/{name}" || method == "PUT"
        group endpoint by (method, template) into route
        select route.Key;
}
