using System.Net;

namespace OneTimeShare.Benchmarks.Servers;

/// <summary>The servers that do the least one can do, and nothing else.</summary>
internal static class Floor
{
    private static readonly Dictionary<string, string> NoVariables = [];

    /// <param name="folder">For its data.</param>
    /// <param name="durable">
    /// Whether each write is on the disk before it is answered; else once a second, as Debian configures it, and a
    /// crash may lose a second.
    /// </param>
    public static Task<ServerProcess> StartRedisAsync(string folder, bool durable)
    {
        var address = ServerProcess.FreeAddress();
        string[] command =
            ["redis-server", "--bind", $"{address.Address}", "--port", $"{address.Port}", "--dir", folder,
             "--appendonly", "yes", "--appendfsync", durable ? "always" : "everysec", "--save", "",
             "--logfile", "redis.log"];
        return ServerProcess.StartAsync(command, NoVariables, address, readyPath: null);
    }

    public static Task<ServerProcess> StartKestrelWithRedisAsync(IPEndPoint redis) =>
        StartKestrelAsync("floor-redis", redis.ToString());

    public static Task<ServerProcess> StartKestrelWithDiskAsync(string folder) =>
        StartKestrelAsync("floor-disk", folder);

    public static Task<ServerProcess> StartNginxAsync(string folder)
    {
        var address = ServerProcess.FreeAddress();
        string temp = Directory.CreateDirectory($"{folder}-nginx").FullName;
        string configuration = Path.Combine(temp, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            master_process off;
            pid {{temp}}/pid;
            error_log {{temp}}/error.log;
            events { worker_connections 256; }
            http {
                access_log off;
                sendfile on;
                client_max_body_size 0;
                client_body_temp_path {{temp}}/body;
                proxy_temp_path {{temp}}/proxy;
                fastcgi_temp_path {{temp}}/fastcgi;
                uwsgi_temp_path {{temp}}/uwsgi;
                scgi_temp_path {{temp}}/scgi;
                server {
                    listen {{address}};
                    root {{folder}};
                    location = /ready { return 200; }
                    location / { dav_methods PUT DELETE; }
                }
            }
            """);
        string[] command = ["nginx", "-e", $"{temp}/error.log", "-c", configuration];
        return ServerProcess.StartAsync(command, NoVariables, address, "/ready");
    }

    private static Task<ServerProcess> StartKestrelAsync(string floor, string behind)
    {
        var address = ServerProcess.FreeAddress();
        string program = Path.Combine(AppContext.BaseDirectory, "ots-bench.dll");
        string[] command = ["dotnet", program, floor, $"http://{address}", behind];
        return ServerProcess.StartAsync(command, NoVariables, address, "/ready");
    }
}
