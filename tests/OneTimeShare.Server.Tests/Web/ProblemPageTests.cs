using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>A browser is shown every problem there is as a page, in the same look.</summary>
public sealed class ProblemPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_problem_is_a_page_that_says_what_it_is_and_what_to_do()
    {
        Problem[] problems = [.. All()];
        Assert.True(problems.Length > 25, $"{problems.Length}");
        int next = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.UseBoundedKestrel(new WebOptions());
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new WebOptions()).AddSingleton(new SiteLinks());
        await using var app = builder.Build();
        app.UseSecurityHeaders();
        app.Run(context => problems[next].ExecuteAsync(context));
        await app.StartAsync(Cancel);
        string address = app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var client = new HttpClient(new CheckedHeaders(new SocketsHttpHandler { UseProxy = false }));
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        for (; next < problems.Length; next++)
        {
            var problem = problems[next];
            using var response = await client.GetAsync(new Uri(address), Cancel);
            string page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(problem.Status, (int)response.StatusCode);
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains($"<h1>{problem.Title}</h1>", page);
            Assert.Contains($"Error {problem.Status}", page);
            Assert.Contains(problem.Detail, page);
            Assert.Equal(problem.RetryAfter is not null, response.Headers.RetryAfter is not null);
        }
    }

    [Fact]
    public void Every_error_that_a_framework_can_choose_is_a_problem_with_its_own_status()
    {
        for (int status = 400; status < 500; status++)
            Assert.Equal(status, Problems.ForStatus(status).Status);
        Assert.Equal(500, Problems.ForStatus(500).Status);
    }

    private static IEnumerable<Problem> All() => typeof(Problems)
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(Problem))
        .Select(property => (Problem)property.GetValue(null)!);
}
