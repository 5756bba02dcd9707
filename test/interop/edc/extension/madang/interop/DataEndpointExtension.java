package madang.interop;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.edc.connector.dataplane.spi.Endpoint;
import org.eclipse.edc.connector.dataplane.spi.iam.DataPlaneAuthorizationService;
import org.eclipse.edc.connector.dataplane.spi.iam.PublicEndpointGeneratorService;
import org.eclipse.edc.runtime.metamodel.annotation.Inject;
import org.eclipse.edc.spi.monitor.Monitor;
import org.eclipse.edc.spi.security.Vault;
import org.eclipse.edc.spi.system.ServiceExtension;
import org.eclipse.edc.spi.system.ServiceExtensionContext;
import org.eclipse.edc.web.spi.WebService;
import org.eclipse.edc.web.spi.configuration.PortMapping;
import org.eclipse.edc.web.spi.configuration.PortMappingRegistry;

import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;

/**
 * What this release leaves to whoever runs it, and HttpData-PULL does not start without: an endpoint that serves the data to
 * the holder of a token, and the key pair that signs the tokens.
 */
public class DataEndpointExtension implements ServiceExtension {

    @Inject
    private PublicEndpointGeneratorService endpoints;
    @Inject
    private DataPlaneAuthorizationService authorization;
    @Inject
    private PortMappingRegistry ports;
    @Inject
    private WebService web;
    @Inject
    private Vault vault;
    @Inject
    private Monitor monitor;

    @Override
    public String name() {
        return "Data endpoint and signing key";
    }

    @Override
    public void initialize(ServiceExtensionContext context) {
        var port = Integer.parseInt(context.getSetting("madang.data.port", "29000"));
        var size = Integer.parseInt(context.getSetting("madang.data.bytes", "1000000"));
        ports.register(new PortMapping("public", port, "/public"));
        endpoints.addGeneratorFunction("HttpData", address -> Endpoint.url("http://127.0.0.1:" + port + "/public"));
        web.registerResource("public", new Data(authorization, monitor, bytes(size)));
        try {
            var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            vault.storeSecret("private-key", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            vault.storeSecret("public-key", pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Byte i is (i * i + i / 251) mod 256, so that a lost, doubled or moved block shows. The runner makes the same. */
    private static byte[] bytes(int size) {
        var all = new byte[size];
        for (var i = 0; i < size; i++) {
            all[i] = (byte) ((long) i * i + i / 251);
        }
        return all;
    }

    private static String pem(String type, byte[] der) {
        var body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    @Path("{any:.*}")
    public static class Data {
        private final DataPlaneAuthorizationService authorization;
        private final Monitor monitor;
        private final byte[] bytes;

        Data(DataPlaneAuthorizationService authorization, Monitor monitor, byte[] bytes) {
            this.authorization = authorization;
            this.monitor = monitor;
            this.bytes = bytes;
        }

        @GET
        public Response get(@HeaderParam("Authorization") String token) {
            var status = token == null ? 401 : authorization.authorize(token, Map.of()).succeeded() ? 200 : 403;
            monitor.info("data asked for with " + (token == null ? "no token" : token.split("\\.").length + " token parts") + ": " + status);
            return status == 200
                    ? Response.ok(bytes, "application/octet-stream").build()
                    : Response.status(status).build();
        }
    }
}
