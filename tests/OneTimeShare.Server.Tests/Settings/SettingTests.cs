using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Configuration;
using OneTimeShare.Server.Settings;
using Xunit;

namespace OneTimeShare.Server.Tests.Settings;

/// <summary>What the documents say of the settings is what the program does with them.</summary>
public sealed class SettingTests
{
    private static readonly JsonSerializerOptions Reflecting = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    [Fact]
    public void The_table_in_the_documents_is_that_of_the_program()
    {
        var table = new StringWriter();
        Assert.Equal(0, Setting.WriteAll(table));
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OneTimeShare.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        string document = File.ReadAllText(Path.Combine(folder, "docs", "configuration.md"));
        Assert.True(
            document.Contains(table.ToString(), StringComparison.Ordinal),
            $"docs/configuration.md should have what ots-server --settings prints:\n{table}");
    }

    [Fact]
    public void Every_setting_of_the_table_is_read()
    {
        var reader = new SettingsReader(Configuration([]));
        _ = ServerSettings.Read(reader, Configuration([]));
        Assert.Empty(Setting.All.Select(setting => setting.Name).Except(reader.Asked));
    }

    [Fact]
    public void A_default_of_the_table_is_what_holds_where_nothing_is_set()
    {
        foreach (var setting in Setting.All.Where(setting => setting.Default != ""))
            Assert.Equal(Read([]), Read([(setting.Name, setting.Default)]));
        Assert.NotEqual(Read([]), Read([("OTS_LEASE", "11m")]));
        Assert.NotEqual(Read([]), Read([("OTS_MAX_CONNECTIONS", "7")]));
    }

    private static string Read((string Name, string Value)[] values)
    {
        var settings = ServerSettings.Read(Configuration(values), out var problems);
        Assert.Empty(problems);
        return JsonSerializer.Serialize(
            new
            {
                settings.DataFolder,
                settings.Shares,
                settings.Rates,
                settings.JsonLogs,
                settings.Web.MaxConnections,
            },
            Reflecting);
    }

    private static IConfiguration Configuration((string Name, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value))).Build();
}
