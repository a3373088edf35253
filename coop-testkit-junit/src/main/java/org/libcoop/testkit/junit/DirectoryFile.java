package org.libcoop.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the directory that a test's kit begins with: a YAML file with a {@code directory} block, on the class path, relative
 * to the test class unless it begins with a slash. On a method it goes before the one on the class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface DirectoryFile {

    /** The resource. */
    String value();
}
