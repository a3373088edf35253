package org.libcoop.container;

import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat, embedded. */
final class TomcatContainer implements Container {

    private final Tomcat tomcat = new Tomcat();

    @Override
    public int start(ServerEndpointConfig endpoint, int port) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "tomcat"));
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(port);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toAbsolutePath().toString());
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    servlets.addServlet("default", new DefaultServlet()).addMapping("/");
                    servlets.addFilter("peer", new PeerHeader()).addMappingForUrlPatterns(null, false, "/*");
                },
                null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    try {
                        ((ServerContainer) servlets.getAttribute(ServerContainer.class.getName()))
                                .addEndpoint(endpoint);
                    } catch (DeploymentException refused) {
                        throw new ServletException(refused);
                    }
                },
                null);
        tomcat.start();
        return connector.getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
