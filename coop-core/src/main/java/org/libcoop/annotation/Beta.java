package org.libcoop.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is marked so is young: it works and is tested, but its form may still change in a minor version, and the changelog then says
 * how. A library that others build on should not show it in an interface of its own. Everything else that is exported changes in major
 * versions only.
 *
 * <p>The check of each build against the last release passes over what is marked.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface Beta {}
